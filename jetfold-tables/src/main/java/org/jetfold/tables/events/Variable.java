package org.jetfold.tables.events;

import org.jetfold.codec.table.ValueType;

/**
 * A variable as its file has it: a number an event, or lists of numbers.
 *
 * @param name its name in the file
 * @param type the type of the numbers
 * @param depth how many lists are around them: 0 for one number an event, 1 for one an object, 2
 *     and more for lists within objects
 */
public record Variable(String name, ValueType type, int depth) {}
