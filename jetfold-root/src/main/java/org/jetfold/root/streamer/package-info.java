/**
 * ROOT's object streaming: byte counts, versions, class tags, and the StreamerInfo list that
 * describes each class.
 */
@NullMarked
package org.jetfold.root.streamer;

import org.jspecify.annotations.NullMarked;
