/** Objects of S3, by location; types of the AWS SDK do not leave this package. */
@NullMarked
package dev.core.common.storage.s3;

import org.jspecify.annotations.NullMarked;
