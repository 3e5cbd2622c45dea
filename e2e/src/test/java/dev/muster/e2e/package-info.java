/// System tests: the chart installed on a real node, judged from outside with kubectl, an S3 client
/// and the databases' own tools.
@NullMarked
package dev.muster.e2e;

import org.jspecify.annotations.NullMarked;
