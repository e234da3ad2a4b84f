//go:build !linux

package main

// Elsewhere memory comes in pages of the usual size.

// inSmallPages does nothing.
func inSmallPages([]byte) {}
