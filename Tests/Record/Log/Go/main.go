// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

// Checks a log of Martlet's with the checksum database packages of Go, which share no code with it:
// the signed note, every tile, the inclusion of every entry, and consistency with every earlier size.
//
//	main LOG-DIRECTORY VERIFIER-KEY
//	main PROOF-FILE VERIFIER-KEY      a c2sp.org/tlog-proof@v1 that has its entry as extra data
package main

import (
	"bytes"
	"encoding/base64"
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
		tile, err := os.ReadFile(filepath.Join(string(t), path))
		if err != nil {
			return nil, err
		}
		data = append(data, tile)
	}
	return data, nil
}

func main() {
	directory := os.Args[1]
	verifier, err := note.NewVerifier(os.Args[2])
	check(err)
	if strings.HasSuffix(directory, ".tlog-proof") {
		checkProof(directory, verifier)
		return
	}
	file, err := os.ReadFile(filepath.Join(directory, "checkpoint"))
	check(err)
	origin, size, root := open(file, verifier)

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
	fmt.Printf("%s: Go accepts the checkpoint, %d entries and the tiles\n", origin, size)
}

// open believes a checkpoint when the log has signed it, whoever else has.
func open(file []byte, verifier note.Verifier) (string, int64, tlog.Hash) {
	opened, err := note.Open(file, note.VerifierList(verifier))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	var size int64
	_, err = fmt.Sscanf(lines[1], "%d", &size)
	check(err)
	root, err := tlog.ParseHash(lines[2])
	check(err)
	return lines[0], size, root
}

func checkProof(path string, verifier note.Verifier) {
	file, err := os.ReadFile(path)
	check(err)
	head, checkpoint, _ := bytes.Cut(file, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if lines[0] != "c2sp.org/tlog-proof@v1" {
		log.Fatalf("expected a proof, found %q", lines[0])
	}
	entry, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	check(err)
	var index int64
	_, err = fmt.Sscanf(lines[2], "index %d", &index)
	check(err)
	var proof tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		check(err)
		proof = append(proof, hash)
	}
	origin, size, root := open(checkpoint, verifier)
	check(tlog.CheckRecord(proof, size, root, index, tlog.RecordHash(entry)))
	fmt.Printf("%s: Go accepts the proof of entry %d of %d\n", origin, index, size)
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
