using Decant.Server.Mail;

namespace Decant.Server.Accounts.Confirming;

/// <summary>Mails about addresses. Nothing in them was typed by whoever asked for them: they go to people who may have asked for nothing.</summary>
internal static class ConfirmationTexts
{
    public static Letter OfSignUp(string to, string link, string id) =>
        new(
            to,
            "Confirm your e-mail address for Decant",
            $"""
            Somebody, probably you, asked for an account on this Decant server with the address {to}.

            Open this link within 24 hours and type the password that you chose:

            {link}

            If it was not you, do nothing: without your click there is no account.
            """,
            id
        );

    public static Letter OfKnown(string to, string origin, string id) =>
        new(
            to,
            "You have an account on Decant already",
            $"""
            Somebody, probably you, asked for an account on this Decant server with the address {to}, which has one already. Sign in with your password:

            {origin}/

            If you forgot it, ask the operator of the server for another. If it was not you, do nothing: whoever asked was not told that you have an account.
            """,
            id
        );

    public static Letter OfChange(string to, string link, string id) =>
        new(
            to,
            "Confirm your new e-mail address for Decant",
            $"""
            An account on this Decant server says that its e-mail address is {to}. If it is yours, open this link within 24 hours:

            {link}

            If it is not, do nothing.
            """,
            id
        );
}
