namespace Decant.Server.Webhooks;

/// <summary>Where the end of one download is told, besides the account's endpoints.</summary>
/// <param name="Url">HTTPS, checked when it was accepted.</param>
/// <param name="Secret">What it is signed with, encrypted; null where the client gave none.</param>
internal sealed record OneOffWebhook(string Url, string? Secret);
