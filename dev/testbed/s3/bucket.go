package s3

import (
	"context"
	"fmt"
	"net/http"
)

// policy lets muster do what a backup writer may, and muster-read only read, and
// put evidence of drills.
// Neither may change the bucket, its policy or its lock configuration.
const policy = `{"Version":"2012-10-17","Statement":[
{"Effect":"Allow","Principal":{"AWS":["muster"]},"Action":[
"s3:GetObject","s3:GetObjectVersion","s3:PutObject","s3:DeleteObject","s3:DeleteObjectVersion","s3:GetObjectAttributes",
"s3:GetObjectRetention","s3:PutObjectRetention","s3:AbortMultipartUpload","s3:ListMultipartUploadParts"],
"Resource":"arn:aws:s3:::muster/*"},
{"Effect":"Allow","Principal":{"AWS":["muster-read"]},"Action":[
"s3:GetObject","s3:GetObjectVersion","s3:GetObjectAttributes","s3:GetObjectRetention"],
"Resource":"arn:aws:s3:::muster/*"},
{"Effect":"Allow","Principal":{"AWS":["muster-read"]},"Action":["s3:PutObject"],
"Resource":"arn:aws:s3:::muster/evidence/*"},
{"Effect":"Allow","Principal":{"AWS":["muster","muster-read"]},"Action":[
"s3:ListBucket","s3:ListBucketVersions","s3:ListBucketMultipartUploads","s3:GetBucketVersioning",
"s3:GetBucketObjectLockConfiguration","s3:GetBucketLocation"],
"Resource":"arn:aws:s3:::muster"}]}`

func (s Store) ensureBucket(ctx context.Context, known Users) error {
	status, answer, err := s.send(ctx, known.Root, http.MethodHead, "/"+Bucket, "", "", nil)
	if err == nil && status == http.StatusNotFound {
		// Object lock brings versioning with it; neither can be had later.
		status, answer, err = s.send(ctx, known.Root, http.MethodPut, "/"+Bucket, "", "",
			map[string]string{"X-Amz-Bucket-Object-Lock-Enabled": "true"})
	}
	if err := expect("make bucket "+Bucket, status, answer, err, http.StatusOK); err != nil {
		return err
	}
	status, answer, err = s.send(ctx, known.Root, http.MethodPut, "/"+Bucket, "policy=", policy, nil)
	return expect("set the policy of bucket "+Bucket, status, answer, err, http.StatusOK, http.StatusNoContent)
}

func expect(what string, status int, answer string, err error, wanted ...int) error {
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	for _, code := range wanted {
		if status == code {
			return nil
		}
	}
	return fmt.Errorf("%s: the store answers %d: %s", what, status, answer)
}
