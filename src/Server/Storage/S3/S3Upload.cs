using Amazon.S3;
using Amazon.S3.Model;

namespace Decant.Server.Storage.S3;

/// <summary>A large file on its way into a bucket, in parts, some at once.</summary>
internal sealed class S3Upload(S3Storage storage, string name, string path, long length, long partBytes)
{
    private const int AtOnce = 3;

    /// <summary>S3 takes 10,000.</summary>
    private const int MostParts = 9_000;

    private readonly long _partBytes = Math.Max(partBytes, (length + MostParts - 1) / MostParts);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var begun = await storage.AskAsync(
            client =>
                client.InitiateMultipartUploadAsync(
                    new InitiateMultipartUploadRequest { BucketName = storage.Bucket, Key = name },
                    cancellationToken
                ),
            cancellationToken
        );
        try
        {
            var parts = new PartETag[(length + _partBytes - 1) / _partBytes];
            await Parallel.ForEachAsync(
                Enumerable.Range(0, parts.Length),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (index, token) => parts[index] = await SendAsync(begun.UploadId, index, token)
            );
            await storage.AskAsync(
                client =>
                    client.CompleteMultipartUploadAsync(
                        new CompleteMultipartUploadRequest
                        {
                            BucketName = storage.Bucket,
                            Key = name,
                            UploadId = begun.UploadId,
                            PartETags = [.. parts],
                        },
                        cancellationToken
                    ),
                cancellationToken
            );
        }
        catch (Exception failure) when (failure is StorageTroubleException or OperationCanceledException)
        {
            await AbandonAsync(begun.UploadId);
            throw;
        }
    }

    private async Task<PartETag> SendAsync(string uploadId, int index, CancellationToken cancellationToken)
    {
        var from = index * _partBytes;
        var sent = await storage.AskAsync(
            client =>
                client.UploadPartAsync(
                    new UploadPartRequest
                    {
                        BucketName = storage.Bucket,
                        Key = name,
                        UploadId = uploadId,
                        PartNumber = index + 1,
                        FilePath = path,
                        FilePosition = from,
                        PartSize = Math.Min(_partBytes, length - from),
                        UseChunkEncoding = false,
                    },
                    cancellationToken
                ),
            cancellationToken
        );
        return new PartETag(index + 1, sent.ETag);
    }

    /// <summary>Frees what has arrived. Where the storage does not answer, its tidying does so later.</summary>
    private async Task AbandonAsync(string uploadId)
    {
        try
        {
            await storage.AbortAsync(name, uploadId, CancellationToken.None);
        }
        catch (StorageTroubleException trouble)
        {
            storage.LogLeft(trouble.Message);
        }
    }
}
