using Amazon.S3;
using Amazon.S3.Model;

namespace Decant.Server.Storage.S3;

/// <summary>An object, of which each read is a request for a range of the version that was found.</summary>
internal sealed class S3Content(S3Storage storage, string name, long length, string etag) : StoredContent
{
    private GetObjectResponse? _reading;

    public override long Length => length;

    public override async Task<Stream> ReadAsync(long from, long length, CancellationToken cancellationToken)
    {
        _reading?.Dispose();
        _reading = null;
        if (length == 0)
        {
            return Stream.Null;
        }

        _reading = await storage.AskAsync(
            client =>
                client.GetObjectAsync(
                    new GetObjectRequest
                    {
                        BucketName = storage.Bucket,
                        Key = name,
                        ByteRange = new ByteRange(from, from + length - 1),
                        EtagToMatch = etag,
                    },
                    cancellationToken
                ),
            cancellationToken
        );
        return _reading.ResponseStream;
    }

    public override ValueTask DisposeAsync()
    {
        _reading?.Dispose();
        return ValueTask.CompletedTask;
    }
}
