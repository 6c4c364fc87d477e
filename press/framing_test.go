package press

import "testing"

func TestCropPixels(t *testing.T) {
	tests := []struct {
		crop                Crop
		width, height       int
		wantX, wantY, wantW int
		wantH               int
	}{
		{Crop{}, 300, 200, 0, 0, 300, 200},
		{Crop{0, 0, 1000, 1000}, 300, 200, 0, 0, 300, 200},
		{Crop{500, 0, 500, 500}, 301, 200, 151, 0, 150, 100},
		{Crop{333, 333, 667, 667}, 100, 100, 33, 33, 67, 67},
		{Crop{950, 950, 50, 50}, 3, 1, 2, 0, 1, 1},
		{Crop{0, 0, 50, 50}, 2, 2, 0, 0, 1, 1},
	}
	for _, tt := range tests {
		x, y, w, h := tt.crop.Pixels(tt.width, tt.height)
		if x != tt.wantX || y != tt.wantY || w != tt.wantW || h != tt.wantH {
			t.Errorf("%+v of %d × %d is %d, %d, %d × %d", tt.crop, tt.width, tt.height, x, y, w, h)
		}
	}
}

func TestCropValid(t *testing.T) {
	for crop, want := range map[Crop]bool{
		{}: true, {0, 0, 1000, 1000}: true, {950, 0, 50, 50}: true, {-1, 0, 500, 500}: false, {0, 0, 49, 500}: false,
		{0, 0, 500, 0}: false, {600, 0, 401, 500}: false, {0, 1000, 500, 500}: false,
	} {
		if crop.Valid() != want {
			t.Errorf("%+v: valid is %v", crop, !want)
		}
	}
	if (Crop{0, 0, 1000, 1000}).Normal() != (Crop{}) || (Crop{0, 0, 999, 1000}).Normal() == (Crop{}) {
		t.Error("only the whole is the zero crop")
	}
}

func TestFocusInCrop(t *testing.T) {
	tests := []struct {
		focus Focus
		crop  Crop
		x, y  int
		ok    bool
	}{
		{Focus{}, Crop{}, 0, 0, false},
		{Focus{1, 1000}, Crop{}, 0, 10, true},
		{Focus{500, 349}, Crop{}, 5, 3, true},
		{Focus{500, 500}, Crop{400, 0, 200, 500}, 5, 10, true},
		{Focus{100, 900}, Crop{400, 400, 200, 200}, 0, 10, true}, // cropped away
	}
	for _, tt := range tests {
		if x, y, ok := tt.focus.In(tt.crop); x != tt.x || y != tt.y || ok != tt.ok {
			t.Errorf("%+v in %+v: %d, %d, %v", tt.focus, tt.crop, x, y, ok)
		}
	}
	for focus, want := range map[Focus]bool{{}: true, {1, 1}: true, {1000, 1}: true, {0, 1}: false, {1, 1001}: false} {
		if focus.Valid() != want {
			t.Errorf("%+v: valid is %v", focus, !want)
		}
	}
}

func TestRecipe(t *testing.T) {
	m := Media{}
	if m.Ready() {
		t.Error("a picture of which nothing was made is ready")
	}
	m.Made = m.Recipe()
	if !m.Ready() {
		t.Error("a picture made by its recipe is not ready")
	}
	m.Crop = Crop{0, 0, 500, 500}
	if m.Ready() {
		t.Error("a picture cropped since is ready")
	}
}
