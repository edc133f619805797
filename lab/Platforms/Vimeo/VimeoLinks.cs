using System.Globalization;

namespace Decant.Lab.Platforms.Vimeo;

/// <summary>Addresses on Vimeo's CDN: the end and the signature stand in the path, so that whatever a manifest names is signed with it.</summary>
internal sealed class VimeoLinks(SignedLinks signed)
{
    /// <returns>The address of a file below the video's own folder.</returns>
    public string To(VimeoVideo video, string path)
    {
        var (expires, signature) = signed.Sign($"vimeo|{video.Id}", SignedLinks.Life);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"https://vod-adaptive-ak.vimeocdn.com/exp={expires}~acl=%2F{video.Id}%2F%2A~hmac={signature}/{video.Id}/{path}"
        );
    }

    /// <param name="token">The address's first part.</param>
    public bool IsGood(VimeoVideo video, string token)
    {
        var parts = token
            .Split('~')
            .Select(part => part.Split('=', 2))
            .Where(part => part.Length == 2)
            .ToDictionary(part => part[0], part => part[1], StringComparer.Ordinal);
        return signed.IsGood($"vimeo|{video.Id}", parts.GetValueOrDefault("exp"), parts.GetValueOrDefault("hmac"));
    }
}
