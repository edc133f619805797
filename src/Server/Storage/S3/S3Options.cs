using System.ComponentModel.DataAnnotations;
using Decant.Server.Hosting;

namespace Decant.Server.Storage.S3;

/// <summary>Settings under <c>Storage:S3</c>. With a bucket, files go there.</summary>
internal sealed class S3Options : IValidatableObject
{
    /// <summary>Address of an S3-compatible service, such as <c>https://objects.example.org</c>; null is AWS itself.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Bucket, which must exist; null keeps files on the local disk.</summary>
    public string? Bucket { get; init; }

    /// <summary>Beginning of the keys in the bucket, such as <c>decant/</c>, so that others may share it; empty by default.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Region that requests are signed for.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>Whether the bucket stands in the path of an address and not in its host name; most services beside AWS want it.</summary>
    public bool PathStyle { get; init; } = true;

    /// <summary>Access key id; null looks where AWS's own tools look: <c>AWS_ACCESS_KEY_ID</c>, the profile, the machine's role.</summary>
    [Secret]
    public string? Key { get; init; }

    /// <summary>Secret access key; goes with <see cref="Key"/>.</summary>
    [Secret]
    public string? Secret { get; init; }

    /// <summary>Whether a link to a file answers with a redirect to the storage, signed for <see cref="RedirectFor"/>, and not with the bytes.</summary>
    public bool Redirect { get; init; }

    /// <summary>Life of the address that a redirect names.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "7.00:00:00")]
    public TimeSpan RedirectFor { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Bytes of a part of an upload; smaller files go up in one. More where a file would have over 9,000 parts.</summary>
    [Range(5 << 20, 1 << 30)]
    [Unit("bytes")]
    public int PartBytes { get; init; } = 32 << 20;

    /// <summary>Longest wait for one answer of the storage.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    public bool IsUsed => !string.IsNullOrEmpty(Bucket);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (
            !string.IsNullOrEmpty(Endpoint)
            && !(Uri.TryCreate(Endpoint, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        )
        {
            yield return new ValidationResult("give a whole http or https address.", [nameof(Endpoint)]);
        }

        if (!string.IsNullOrEmpty(Endpoint) && !IsUsed)
        {
            yield return new ValidationResult("name the bucket, too.", [nameof(Bucket)]);
        }

        if (string.IsNullOrEmpty(Key) != string.IsNullOrEmpty(Secret))
        {
            yield return new ValidationResult("give both, or none of them.", [nameof(Key), nameof(Secret)]);
        }
    }
}
