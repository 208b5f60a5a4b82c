/** Where old pages lie: small objects of an S3 store, by their keys, packed. What is in them is not known here. */
@NullMarked
package chat.parley.message.archive;

import org.jspecify.annotations.NullMarked;
