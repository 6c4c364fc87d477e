package reader_test

import (
	"os"
	"testing"

	"bourgeon/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }
