namespace Decant.Lab.Platforms.Meta;

/// <summary>Data that the pages of Instagram and Facebook carry for their scripts, wrapped as those want it.</summary>
internal static class RelayScript
{
    /// <param name="query">Name of the query whose answer it is.</param>
    /// <returns>A script element, one line.</returns>
    public static string Of(string query, object data)
    {
        object[] answer =
        [
            "RelayPrefetchedStreamCache",
            "next",
            Array.Empty<object>(),
            new object[] { $"adp_{query}", new { __bbox = new { complete = true, result = new { data } } } },
        ];
        object[] schedule =
        [
            "ScheduledServerJS",
            "handle",
            null!,
            new object[] { new { __bbox = new { require = new[] { answer } } } },
        ];
        return $"<script type=\"application/json\" data-content-len=\"0\" data-sjs>{Answer.Serialize(
            new { require = new[] { schedule } }
        )}</script>\n";
    }
}
