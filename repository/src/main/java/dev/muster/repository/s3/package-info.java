/// The store port over S3. The only package that knows the AWS SDK, so that another store is
/// another package and an upgrade of the SDK has one place to break.
@NullMarked
package dev.muster.repository.s3;

import org.jspecify.annotations.NullMarked;
