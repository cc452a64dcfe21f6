// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

// Checks a log of Martlet's with the checksum database packages of Go, which share no code with it:
// the signed note, every tile, the inclusion of every entry, and consistency with every earlier size.
//
//	main LOG-DIRECTORY VERIFIER-KEY
package main

import (
	"encoding/binary"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// tiles reads the hash tiles of a directory. Go names a tile of height 8 "tile/8/L/N", C2SP "tile/L/N".
type tiles string

func (tiles) Height() int                                { return 8 }
func (tiles) SaveTiles(tiles []tlog.Tile, data [][]byte) {}

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range wanted {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		bytes, err := os.ReadFile(filepath.Join(string(t), path))
		if err != nil {
			return nil, err
		}
		data = append(data, bytes)
	}
	return data, nil
}

func main() {
	directory := os.Args[1]
	verifier, err := note.NewVerifier(os.Args[2])
	check(err)
	file, err := os.ReadFile(filepath.Join(directory, "checkpoint"))
	check(err)
	opened, err := note.Open(file, note.VerifierList(verifier))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	var size int64
	_, err = fmt.Sscanf(lines[1], "%d", &size)
	check(err)
	root, err := tlog.ParseHash(lines[2])
	check(err)

	reader := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, tiles(directory))
	for index, entry := range entries(directory, size) {
		proof, err := tlog.ProveRecord(size, int64(index), reader)
		check(err)
		check(tlog.CheckRecord(proof, size, root, int64(index), tlog.RecordHash(entry)))
	}
	for earlier := int64(1); earlier <= size; earlier += 1 + size/100 {
		old, err := tlog.TreeHash(earlier, reader)
		check(err)
		proof, err := tlog.ProveTree(size, earlier, reader)
		check(err)
		check(tlog.CheckTree(proof, size, root, earlier, old))
	}
	fmt.Printf("%s: Go accepts the checkpoint, %d entries and the tiles\n", lines[0], size)
}

func entries(directory string, size int64) [][]byte {
	var all [][]byte
	for start := int64(0); start < size; start += 256 {
		tile := tlog.Tile{H: 8, L: 0, N: start / 256, W: 256}
		if size-start < 256 {
			tile.W = int(size - start)
		}
		path := strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
		bundle, err := os.ReadFile(filepath.Join(directory, path))
		check(err)
		for len(bundle) > 0 {
			length := int(binary.BigEndian.Uint16(bundle))
			all = append(all, bundle[2:2+length])
			bundle = bundle[2+length:]
		}
	}
	if int64(len(all)) != size {
		log.Fatalf("expected %d entries, found %d", size, len(all))
	}
	return all
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
