package dev.muster.auditor.contract;

import dev.muster.model.Contract;
import dev.muster.model.EngineChoice;

/// A contract whose engine is left to recognition.
final class Undecided {

  private Undecided() {}

  static Contract of(Contract c) {
    return new Contract(
        c.protect(),
        c.waiver(),
        c.plan(),
        c.method(),
        new EngineChoice.Auto(),
        c.schedule(),
        c.rpo(),
        c.rto(),
        c.retention(),
        c.stores(),
        c.drill(),
        c.drillSelect(),
        c.consistency(),
        c.container(),
        c.databases(),
        c.excludeVolumes(),
        c.hooks(),
        c.check(),
        c.run(),
        c.drillRun());
  }
}
