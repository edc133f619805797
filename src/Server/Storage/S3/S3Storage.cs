using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Options;

namespace Decant.Server.Storage.S3;

/// <summary>Finished files in a bucket of an S3-compatible service, which all nodes reach.</summary>
internal sealed partial class S3Storage(IOptions<S3Options> options, TimeProvider time, ILogger<S3Storage> logger)
    : IStorage,
        IDisposable
{
    private readonly S3Options _options = options.Value;
    private readonly Lazy<AmazonS3Client> _client = new(() => S3Connection.Open(options.Value));

    public string Bucket => _options.Bucket!;

    public string Place => $"S3 bucket {Bucket}{(_options.Prefix.Length > 0 ? $", {_options.Prefix}" : "")}";

    public async Task PutAsync(string path, string key, CancellationToken cancellationToken)
    {
        var length = new FileInfo(path).Length;
        if (length > _options.PartBytes)
        {
            await new S3Upload(this, NameOf(key), path, length, _options.PartBytes).RunAsync(cancellationToken);
        }
        else
        {
            await AskAsync(
                client =>
                    client.PutObjectAsync(
                        new PutObjectRequest
                        {
                            BucketName = Bucket,
                            Key = NameOf(key),
                            FilePath = path,
                            UseChunkEncoding = false,
                        },
                        cancellationToken
                    ),
                cancellationToken
            );
        }

        var found = await FindAsync(NameOf(key), cancellationToken);
        if (found?.ContentLength != length)
        {
            throw new StorageTroubleException(
                $"The storage took {length} bytes and has {found?.ContentLength ?? 0} of them.",
                new IOException(key)
            );
        }

        File.Delete(path);
    }

    public async Task<StoredContent?> OpenAsync(string key, CancellationToken cancellationToken) =>
        await FindAsync(NameOf(key), cancellationToken) is { } found
            ? new S3Content(this, NameOf(key), found.ContentLength, found.ETag)
            : null;

    public Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        DeleteNameAsync(NameOf(key), cancellationToken);

    public async Task DeleteAllOfAsync(long jobId, CancellationToken cancellationToken)
    {
        await foreach (var found in PagesAsync(NameOf(StorageKey.PrefixOf(jobId)), cancellationToken))
        {
            await DeleteNameAsync(found.Key, cancellationToken);
        }
    }

    public async IAsyncEnumerable<string> ListAsync(
        DateTimeOffset before,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var found in PagesAsync(_options.Prefix, cancellationToken))
        {
            if (found.LastModified < before.UtcDateTime)
            {
                yield return found.Key[_options.Prefix.Length..];
            }
        }
    }

    public async Task TidyAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var request = new ListMultipartUploadsRequest { BucketName = Bucket, Prefix = _options.Prefix };
        ListMultipartUploadsResponse page;
        do
        {
            page = await AskAsync(
                client => client.ListMultipartUploadsAsync(request, cancellationToken),
                cancellationToken
            );
            foreach (var left in (page.MultipartUploads ?? []).Where(one => one.Initiated < before.UtcDateTime))
            {
                await AbortAsync(left.Key, left.UploadId, cancellationToken);
            }

            (request.KeyMarker, request.UploadIdMarker) = (page.NextKeyMarker, page.NextUploadIdMarker);
        } while (page.IsTruncated == true);
    }

    public async Task<string> IdentifyAsync(string proposed, CancellationToken cancellationToken)
    {
        var name = NameOf(StorageKey.Identity);
        if (await FindAsync(name, cancellationToken) is null)
        {
            await AskAsync(
                client =>
                    client.PutObjectAsync(
                        new PutObjectRequest
                        {
                            BucketName = Bucket,
                            Key = name,
                            ContentBody = proposed,
                            UseChunkEncoding = false,
                        },
                        cancellationToken
                    ),
                cancellationToken
            );
        }

        // Read again: of two nodes that start at once one has the last word.
        using var answer = await AskAsync(
            client => client.GetObjectAsync(Bucket, name, cancellationToken),
            cancellationToken
        );
        using var reader = new StreamReader(answer.ResponseStream);
        return (await reader.ReadToEndAsync(cancellationToken)).Trim();
    }

    public Uri? Presign(string key, DirectAnswer answer) =>
        _options.Redirect
            ? new Uri(
                _client.Value.GetPreSignedURL(
                    new GetPreSignedUrlRequest
                    {
                        BucketName = Bucket,
                        Key = NameOf(key),
                        Verb = answer.IsHead ? HttpVerb.HEAD : HttpVerb.GET,
                        Expires = (time.GetUtcNow() + _options.RedirectFor).UtcDateTime,
                        Protocol =
                            _options.Endpoint?.StartsWith("http:", StringComparison.OrdinalIgnoreCase) == true
                                ? Protocol.HTTP
                                : Protocol.HTTPS,
                        ResponseHeaderOverrides = new ResponseHeaderOverrides
                        {
                            ContentType = answer.ContentType,
                            ContentDisposition = answer.ContentDisposition,
                        },
                    }
                )
            )
            : null;

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    /// <summary>Asks the service; whatever is the matter with it comes as one kind of exception.</summary>
    public async Task<T> AskAsync<T>(Func<AmazonS3Client, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask(_client.Value);
        }
        catch (Exception failure) when (S3Connection.IsTrouble(failure) && !cancellationToken.IsCancellationRequested)
        {
            throw new StorageTroubleException(
                $"The storage of this server does not do its part at present: {failure.GetBaseException().Message}",
                failure
            );
        }
    }

    public Task AbortAsync(string name, string uploadId, CancellationToken cancellationToken) =>
        AskAsync(
            client => client.AbortMultipartUploadAsync(Bucket, name, uploadId, cancellationToken),
            cancellationToken
        );

    private async Task<GetObjectMetadataResponse?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(
                client => client.GetObjectMetadataAsync(Bucket, name, cancellationToken),
                cancellationToken
            );
        }
        catch (StorageTroubleException trouble)
            when (trouble.InnerException is AmazonS3Exception { StatusCode: HttpStatusCode.NotFound })
        {
            return null;
        }
    }

    private Task<DeleteObjectResponse> DeleteNameAsync(string name, CancellationToken cancellationToken) =>
        AskAsync(client => client.DeleteObjectAsync(Bucket, name, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<S3Object> PagesAsync(
        string prefix,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var request = new ListObjectsV2Request { BucketName = Bucket, Prefix = prefix };
        ListObjectsV2Response page;
        do
        {
            page = await AskAsync(client => client.ListObjectsV2Async(request, cancellationToken), cancellationToken);
            foreach (var found in page.S3Objects ?? [])
            {
                yield return found;
            }

            request.ContinuationToken = page.NextContinuationToken;
        } while (page.IsTruncated == true);
    }

    private string NameOf(string key) => _options.Prefix + key;

    [LoggerMessage(
        LogLevel.Warning,
        "Parts of an upload that was broken off are left until the next tidying: {Detail}"
    )]
    public partial void LogLeft(string detail);
}
