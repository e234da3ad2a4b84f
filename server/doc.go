// Package server speaks with the name server of this machine: it asks what named does with the file of a zone, has
// named-checkzone look at a text before that becomes a file, and makes named read a saved file and follows it until the new
// serial is served. It asks through the programs that come with BIND (named-checkconf, named-checkzone, rndc), and opens no
// socket and writes no file itself.
//
// Its law: it says of a server only what that has said. "Nobody could be asked" is an answer of its own, and never consent:
// a program that is missing, takes too long, is killed or says something unclear has no opinion. A command that was accepted
// proves nothing either; served is what the server says that it serves.
//
// It knows names, paths and texts of zones. Which files are open, how they are saved and what is on the screen, others know.
package server
