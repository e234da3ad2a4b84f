//go:build !(linux || darwin || freebsd || netbsd)

package disk

// On systems where a save could lose the zone file the program does not compile.

// The next line does not compile, on purpose: without flock, fchown and an atomic rename that replaces, a save could lose
// the zone file. On Windows use the Linux build inside WSL.
var _ = mailzone_cannot_save_zone_files_safely_on_this_system_use_WSL_or_a_Unix
