package dev.muster.drill;

import dev.muster.model.Contract;
import dev.muster.model.WorkloadRef;

/// A workload and what it wants of drills.
record DrillSubject(WorkloadRef workload, Contract contract) {}
