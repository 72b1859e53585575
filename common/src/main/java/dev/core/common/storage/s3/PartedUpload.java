package dev.core.common.storage.s3;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Makes one object of many parts. Nothing is visible before the last one; what fails is taken back,
 * since S3 keeps and charges for parts that nobody completes.
 */
final class PartedUpload {

  private static final Logger LOG = LoggerFactory.getLogger(PartedUpload.class);

  private final S3Client client;
  private final S3Location to;
  private final Transfers sizes;

  PartedUpload(S3Client client, S3Location to, Transfers sizes) {
    this.client = client;
    this.to = to;
    this.sizes = sizes;
  }

  private interface Part {
    /** Its ETag. */
    String send(String uploadId, int number, long offset, long length);
  }

  /** The upload's number of parts. */
  int file(Path from, long size) {
    return inParts(
        size,
        (uploadId, number, offset, length) ->
            client
                .uploadPart(
                    request ->
                        request
                            .bucket(to.bucket())
                            .key(to.key())
                            .uploadId(uploadId)
                            .partNumber(number)
                            .contentLength(length),
                    RequestBody.fromContentProvider(
                        slice(from, offset, length), length, "application/octet-stream"))
                .eTag());
  }

  /** The copy's number of parts, all of this version of the source. */
  int copy(S3Location from, S3Objects.Version version) {
    return inParts(
        version.size(),
        (uploadId, number, offset, length) ->
            client
                .uploadPartCopy(request ->
                    request
                        .sourceBucket(from.bucket())
                        .sourceKey(from.key())
                        .copySourceIfMatch(version.tag())
                        .copySourceRange("bytes=%d-%d".formatted(offset, offset + length - 1))
                        .destinationBucket(to.bucket())
                        .destinationKey(to.key())
                        .uploadId(uploadId)
                        .partNumber(number))
                .copyPartResult()
                .eTag());
  }

  private int inParts(long size, Part part) {
    String uploadId =
        client
            .createMultipartUpload(request -> request.bucket(to.bucket()).key(to.key()))
            .uploadId();
    try {
      long length = sizes.partOf(size);
      var parts = new ArrayList<CompletedPart>();
      for (long offset = 0; offset < size; offset += length) {
        int number = parts.size() + 1;
        String tag = part.send(uploadId, number, offset, Math.min(length, size - offset));
        parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
      }
      client.completeMultipartUpload(request ->
          request
              .bucket(to.bucket())
              .key(to.key())
              .uploadId(uploadId)
              .multipartUpload(all -> all.parts(parts)));
      return parts.size();
    } catch (RuntimeException e) {
      abort(uploadId);
      throw e;
    }
  }

  private void abort(String uploadId) {
    try {
      client.abortMultipartUpload(
          request -> request.bucket(to.bucket()).key(to.key()).uploadId(uploadId));
    } catch (SdkException e) {
      LOG.warn("parts of {} are left behind: {}", to, e.getMessage());
    }
  }

  /** A new stream each time it is asked, so that a part can be sent again. */
  private static ContentStreamProvider slice(Path file, long offset, long length) {
    return () -> {
      try {
        var channel = FileChannel.open(file, StandardOpenOption.READ).position(offset);
        return new BufferedInputStream(new Bounded(Channels.newInputStream(channel), length));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** So much of a stream, and no more. */
  private static final class Bounded extends InputStream {
    private final InputStream in;
    private long left;

    Bounded(InputStream in, long length) {
      this.in = in;
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      return left-- > 0 ? in.read() : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left <= 0) {
        return -1;
      }
      int read = in.read(bytes, offset, (int) Math.min(length, left));
      left -= Math.max(0, read);
      return read;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
