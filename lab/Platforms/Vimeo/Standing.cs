namespace Decant.Lab.Platforms.Vimeo;

/// <summary>What Vimeo lets a visitor without an account do with a video.</summary>
internal enum Standing
{
    Open,
    Password,
    Deleted,

    /// <summary>Plays on the pages its owner named, and nowhere else.</summary>
    EmbedOnly,

    BotCheck,

    /// <summary>The film's page takes visitors for robots, the player does not.</summary>
    PageBotCheck,
    Upcoming,

    /// <summary>The player is built in a way nobody has seen yet.</summary>
    Changed,
}
