namespace Decant.Server.Webhooks.Kinds;

/// <summary>Kind of receiver, which decides the body and the headers of what is sent.</summary>
internal enum WebhookKind
{
    /// <summary>A program of the account's own: the whole event, signed.</summary>
    Decant,

    /// <summary>A topic of an ntfy server.</summary>
    Ntfy,

    /// <summary>An application of a Gotify server.</summary>
    Gotify,

    /// <summary>A channel's webhook.</summary>
    Discord,

    /// <summary>An incoming webhook.</summary>
    Slack,

    /// <summary>A Jellyfin server, which looks its libraries through again.</summary>
    Jellyfin,

    /// <summary>The account's own e-mail address.</summary>
    Mail,
}
