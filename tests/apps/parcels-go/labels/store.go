package labels

import (
	"context"

	"gocloud.dev/blob"
	_ "gocloud.dev/blob/fileblob"
)

// @klotho::persist { id = "labels" }
var files, opened = blob.OpenBucket(context.Background(), "file://./labels")

// Read returns the printed label of a parcel.
func Read(ctx context.Context, code string) ([]byte, error) {
	return files.ReadAll(ctx, code)
}

// Write keeps the printed label of a parcel.
func Write(ctx context.Context, code string, label []byte) error {
	if opened != nil {
		return opened
	}
	return files.WriteAll(ctx, code, label, nil)
}
