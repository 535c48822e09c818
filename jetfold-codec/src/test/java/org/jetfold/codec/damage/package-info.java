/** Files that came to harm, by chance and on purpose. */
package org.jetfold.codec.damage;
