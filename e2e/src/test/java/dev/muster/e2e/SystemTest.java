package dev.muster.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;

/// A class whose tests run beside all others on the one [Installation], each in a [Tenant] of its
/// own. Its StatefulSets are admitted by the webhook; locks on other [Part]s are its own to take.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Installation.class)
@ResourceLock(
    value = Part.WEBHOOK,
    mode = ResourceAccessMode.READ,
    target = ResourceLockTarget.CHILDREN)
@interface SystemTest {}
