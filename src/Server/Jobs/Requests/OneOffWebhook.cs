namespace Decant.Server.Jobs.Requests;

/// <summary>A webhook for a single download, besides the account's endpoints.</summary>
/// <param name="Url">HTTPS, checked when it was accepted.</param>
/// <param name="Secret">Signing secret, encrypted; null where the client gave none.</param>
internal sealed record OneOffWebhook(string Url, string? Secret);
