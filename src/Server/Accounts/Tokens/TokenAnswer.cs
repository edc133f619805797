namespace Decant.Server.Accounts.Tokens;

/// <summary>A pair of tokens, as OAuth 2 names them.</summary>
/// <param name="User">Account of the tokens.</param>
/// <param name="AccessToken">A JWT, for <c>Authorization: Bearer</c>.</param>
/// <param name="RefreshToken">Refresh token, good for one new pair, once.</param>
/// <param name="TokenType"><c>bearer</c>.</param>
/// <param name="ExpiresIn">Seconds that the access token is good for.</param>
internal sealed record TokenAnswer(
    AccountView User,
    string AccessToken,
    string RefreshToken,
    string TokenType,
    int ExpiresIn
);
