/** An S3 store on a folder. */
@NullMarked
package chat.parley.embedded.s3;

import org.jspecify.annotations.NullMarked;
