// Package stories tells what people do with Bourgeon, end to end: real
// Chromium, the real binary, a network of its own in a temporary folder for
// each story, mails read from its outbox.
//
// A story is a test named after what happens in it. It waits for conditions
// and never for a fixed time. Where words of the interface may still change,
// it names fields and buttons by selector. Start with network_test.go for the
// surroundings and main_test.go for the story that everything serves.
package stories
