package dev.bobbin.store.jsonfile;

/**
 * What the files of a store take, hosted and received ones, as its bounds count them.
 *
 * @param bytes the lengths of all files together
 * @param entries how many files there are, damaged and foreign ones among them
 * @param complete whether all were counted since the store was opened; otherwise these are those
 *     counted so far, and there may be more
 */
public record Usage(long bytes, long entries, boolean complete) {}
