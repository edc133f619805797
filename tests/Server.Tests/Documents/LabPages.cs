namespace Decant.Server.Tests.Documents;

/// <summary>Pages of the lab that stand in for the documents' example URLs.</summary>
internal static class LabPages
{
    public const string TikTok = "https://www.tiktok.com/@lab/video/7300000000000000001";

    /// <summary>The documents' ids (<c>video1</c>) are not of a length YouTube has; the lab has a video at every other id.</summary>
    public static string YouTube(string id) => $"https://www.youtube.com/watch?v={id.PadRight(11, '0')[..11]}";
}
