using Decant.Server.Errors;

namespace Decant.Server.Accounts;

/// <param name="Email">E-mail address to sign in with.</param>
/// <param name="Password">10 to 256 characters, without the e-mail address and none of the commonest.</param>
/// <param name="FullName">The owner's name; up to 200 characters.</param>
internal sealed record NewAccountRequest(string? Email, string? Password, string? FullName)
{
    public static ApiException Taken(string email) =>
        ApiException.Invalid("email", $"There is an account with the address '{email}' already.");
}
