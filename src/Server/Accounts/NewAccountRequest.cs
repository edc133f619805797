using Decant.Server.Errors;

namespace Decant.Server.Accounts;

/// <param name="Email">What the account signs in with.</param>
/// <param name="Password">10 to 256 characters, without the e-mail address and none of the commonest.</param>
/// <param name="FullName">What its owner is called; up to 200 characters.</param>
internal sealed record NewAccountRequest(string? Email, string? Password, string? FullName)
{
    public static ApiException Taken(string email) =>
        ApiException.Invalid("email", $"There is an account with the address '{email}' already.");
}
