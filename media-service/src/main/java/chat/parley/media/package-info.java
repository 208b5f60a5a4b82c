/** Uploads: takes in files, keeps them in an S3 store, and gives them out by signed addresses. */
@NullMarked
package chat.parley.media;

import org.jspecify.annotations.NullMarked;
