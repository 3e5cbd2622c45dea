package dev.muster.cli;

import dev.muster.repository.BackupStore;
import java.util.Optional;

/// A store that answers to the user's credential.
///
/// @param caPem of the authority of its certificate, where the public ones do not do
record OpenStore(BackupStore store, Optional<String> caPem) {}
