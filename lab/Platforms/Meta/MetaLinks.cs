using System.Globalization;
using Decant.Lab.Media;

namespace Decant.Lab.Platforms.Meta;

/// <summary>Addresses on the CDN that Instagram and Facebook share: <c>oe</c> is the end in hexadecimal seconds, <c>oh</c> the signature.</summary>
internal sealed class MetaLinks(SignedLinks signed, MediaCatalogue catalogue)
{
    public const string Instagram = "scontent-lab1-1.cdninstagram.com";
    public const string Facebook = "video.flab1-1.fna.fbcdn.net";

    /// <summary>A clip of the catalogue and its address.</summary>
    public async Task<(MediaFile File, string Url)> ClipAsync(
        string host,
        int seconds,
        string rendition,
        CancellationToken cancellationToken
    )
    {
        var file = await catalogue.GetAsync(ClipRecipes.Name(seconds, rendition), cancellationToken);
        return (file, Sign($"https://{host}/o1/v/t2/f2/m69/", file.Name));
    }

    /// <summary>A picture of the catalogue under an address of its own.</summary>
    public string Picture(string host, string size) =>
        Sign($"https://{host}/v/t51.2885-15/", PictureRecipes.Name(size, "jpg"));

    public bool IsGood(string name, string? expires, string? signature) =>
        long.TryParse(expires, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var end)
        && signed.IsGood(name, end.ToString(CultureInfo.InvariantCulture), signature);

    private string Sign(string directory, string name)
    {
        var (expires, signature) = signed.Sign(name, SignedLinks.Life);
        return $"{directory}{name}?_nc_cat=100&_nc_ht=lab&oh={signature}&oe={expires:X}";
    }
}
