package document

import "github.com/mailzone/mailzone/zonefile/disk"

// What a file held before its last saves. A copy is brought back by a save like any other.

// Copies is the undo copies of a file, the newest first. The file itself may be gone.
func Copies(path string) ([]disk.Copy, error) { return disk.History(path, disk.Options{}) }

// CopyText is what the file held then.
func CopyText(c disk.Copy) ([]byte, error) { return c.Read() }
