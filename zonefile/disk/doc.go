// Package disk keeps zone files on disk: it opens, locks and saves them, and knows nothing of what is written in them, but
// what no person can edit. It runs no program and asks no server.
//
// Its law: the old file stays complete at its name until one atomic call puts a complete, verified, durable new file
// there. Every save ends in one of three ways, and its message says which:
//
//   - saved
//   - not saved, the file is untouched
//   - saved, but the disk did not confirm it
//
// And nothing is written to a zone file but by a save that somebody agreed to. Opening, reading, repairing and starting are
// no exceptions.
//
// A save that the user agreed to write in place (hard links, a bind mount, a directory that cannot be written) has no such
// atomic call. A recovery record with both versions stands in for it, and a fourth outcome, [Torn], says when it is needed.
// A save of several files has a record, too. What such saves left that were killed, [FindInterrupted] finds, and an [Ending]
// finishes or undoes; as long as nobody has, the files are not saved.
//
// The guard against other programs is the comparison right before and right after the installing call: the name must
// still hold the inode that was opened, and that inode the bytes that were read. A lock (flock) only keeps a second
// mailzone from typing in vain.
//
// What differs between systems:
//
//   - Linux stages the new file without a name (O_TMPFILE) where the file system can, and exchanges it for the old one
//     (RENAME_EXCHANGE), so that a change by another program in the last microsecond is seen and put back.
//   - macOS stages under a random name, exchanges too (RENAME_SWAP), and flushes the drive's cache (F_FULLFSYNC). Its
//     ACLs are no extended attributes and are not carried over.
//   - FreeBSD and NetBSD stage under a random name and rename it over the old one: a change by another program between
//     the last comparison and the rename is lost. Their NFSv4 and POSIX ACLs are not carried over either.
//   - Every file system that cannot exchange is treated as on FreeBSD, and the result has a note that says so.
//
// Other systems are refused at compile time: a save there could not keep the law.
package disk
