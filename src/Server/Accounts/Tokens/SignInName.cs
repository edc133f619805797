using Decant.Server.Accounts.Audit;

namespace Decant.Server.Accounts.Tokens;

/// <summary>Name that wrong passwords are counted under, with the address they come from: a stranger locks nobody out but himself.</summary>
/// <param name="Hash">SHA-256 of the name, hex.</param>
/// <param name="From">SHA-256 of the address, hex, or of what stands for it.</param>
internal readonly record struct SignInName(string Hash, string From)
{
    /// <summary>Key of the row.</summary>
    public string Key => $"{Hash}:{From}";

    /// <summary>Beginning of the keys of a name, whatever address it was tried from.</summary>
    public static string PrefixOf(string email) => $"{KeySecret.Hash(EmailAddress.Normalize(email))}:";

    /// <summary>A name tried from an address.</summary>
    public static SignInName Of(string email, Actor actor) =>
        new(KeySecret.Hash(EmailAddress.Normalize(email)), KeySecret.Hash(actor.Network));

    /// <summary>An account's password asked for in a session of its own: what strangers try does not count there.</summary>
    public static SignInName Of(Account account) =>
        new(KeySecret.Hash(account.NormalizedEmail), KeySecret.Hash($"session of {account.Id}"));

    /// <summary>All names that nobody has, tried from an address.</summary>
    public static SignInName Nobody(Actor actor) => new(KeySecret.Hash("nobody"), KeySecret.Hash(actor.Network));
}
