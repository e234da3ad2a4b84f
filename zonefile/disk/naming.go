//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
)

// This file names what the program puts beside files of others: so that nobody can prepare the name, and that what a crash
// leaves is known by it.

// stagedPrefix starts the name of every file that a save stages; a key of the zone file's name and 16 random hexadecimal
// digits follow.
const stagedPrefix = ".mailzone-"

// randomBytes is how many random bytes a staged file's name has.
const randomBytes = 8

// randomName is a name that nobody can guess and prepare, for a file that has to do with key.
func randomName(key string) (string, error) {
	var b [randomBytes]byte
	_, err := rand.Read(b[:])
	return stagedPrefix + key + "-" + hex.EncodeToString(b[:]), err
}

// nameKey stands for a file name in the names of what is staged for it.
func nameKey(base string) string {
	sum := sha256.Sum256([]byte(base))
	return hex.EncodeToString(sum[:4])
}
