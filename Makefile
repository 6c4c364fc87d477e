# What one does with Bourgeon, a word each. `make help` lists them.

export CGO_ENABLED ?= 0
TESTFLAGS ?= -timeout 20m
BENCHFLAGS ?= -benchmem -timeout 60m

.DEFAULT_GOAL := help
.PHONY: run build test check bench looks fuzz generate editor fmt clean help

run: build ## show a demonstration network on http://localhost:8080
	@bin/bourgeon demo

build: ## build bin/bourgeon, one static binary
	@go build -trimpath -o bin/bourgeon ./cmd/bourgeon

test: check ## check and test everything, as the continuous integration does
	@scripts/gotest $(TESTFLAGS)

check: ## formatting, vet, staticcheck, known vulnerabilities, fresh generated code
	@scripts/prerequisites
	@scripts/check

bench: ## run the benchmarks
	@go test -run '^$$' -bench . $(BENCHFLAGS) ./...

looks: ## leave pictures of the six looks in bin/looks
	@mkdir -p bin/looks
	@BOURGEON_SCREENSHOTS=$(CURDIR)/bin/looks go test -count=1 -run TestSixLooks ./e2e/stories

fuzz: ## fuzz every parser of foreign input, FUZZTIME (10s) each
	@scripts/fuzz

generate: ## generate the Go code of the templates
	@go tool templ generate

editor: ## build the editor of web/editor into web/page/static (needs npm)
	@cd web/editor && npm ci --silent && node_modules/.bin/tsc -p .
	@go run ./web/editor/build web/editor web/page/static

fmt: ## format the Go code and the templates
	@git ls-files -z --cached --others --exclude-standard -- '*.go' | grep -zv '_templ\.go$$' | xargs -0r gofmt -w
	@go tool templ fmt -log-level error .

clean: ## remove what was built, and the demonstration's data
	@rm -rf bin demo-data

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile
