namespace Decant.Server.Hosting.Logs;

/// <summary>Strangers' words in a log: without what breaks a line, or turns the rest of it around for whoever reads it (https://trojansource.codes).</summary>
internal static class LogText
{
    /// <summary>False for separators of lines and for marks of direction.</summary>
    public static bool IsPlain(char letter) =>
        letter
            is not ('\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));

    /// <summary>The text with a space for each character that is not plain.</summary>
    public static string Plain(string text) =>
        text.All(IsPlain) ? text : new string([.. text.Select(letter => IsPlain(letter) ? letter : ' ')]);
}
