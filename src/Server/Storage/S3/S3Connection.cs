using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace Decant.Server.Storage.S3;

/// <summary>Clients of an S3 service, from settings.</summary>
internal static class S3Connection
{
    public static AmazonS3Client Open(S3Options options)
    {
        var config = new AmazonS3Config
        {
            AuthenticationRegion = options.Region,
            ForcePathStyle = options.PathStyle,
            Timeout = options.Timeout,
            // Services other than AWS refuse the newer checksums. The signature has a SHA-256 of each body, which all of them check.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (string.IsNullOrEmpty(options.Endpoint))
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }
        else
        {
            config.ServiceURL = options.Endpoint;
        }

        return string.IsNullOrEmpty(options.Key)
            ? new AmazonS3Client(config)
            : new AmazonS3Client(new BasicAWSCredentials(options.Key, options.Secret), config);
    }

    /// <summary>True for trouble of the storage, false for this server's own faults.</summary>
    public static bool IsTrouble(Exception exception) =>
        exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException
        || exception is TimeoutException or OperationCanceledException { InnerException: TimeoutException };
}
