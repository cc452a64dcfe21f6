# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors

SHELL := /bin/sh
.DEFAULT_GOAL := help

# The folder may have spaces in its name: every use is quoted.
S := ./Scripts

.PHONY: help run test check bench generate rules dependencies onnxruntime build clean

help: ## Say what can be made
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' Makefile

run: ## Protect the bundled model and serve it (ONCE=1: ask once and stop; PORT=8443)
	@exec env ONCE="$(ONCE)" PORT="$(PORT)" $(S)/run

test: ## Run every test
	@$(S)/dependencies test
	@$(S)/onnxruntime
	@$(S)/peers
	swift test --experimental-maximum-parallelization-width $$(($$(nproc) * 2))

check: ## Check the format, the arrows between the rooms, and the documents
	@$(S)/check-format
	@$(S)/check-arrows
	@$(S)/check-docs

bench: ## Measure what docs/benchmarks.md reports
	@$(S)/dependencies test
	@$(S)/onnxruntime
	@$(S)/build
	@python3 Benchmarks/bench.py

build: ## Build the command in release mode
	@$(S)/dependencies
	@$(S)/build

generate: ## Make the Swift code of the ONNX format from onnx.proto
	@$(S)/generate

rules: ## Write the pages of docs/rules from the rules' cards
	swift run martlet rules --pages docs/rules

dependencies: ## Install the Debian packages that building and testing need
	@$(S)/dependencies test

onnxruntime: ## Put ONNX Runtime where Martlet finds it
	@$(S)/onnxruntime

clean: ## Remove everything that was built
	rm -rf .build
