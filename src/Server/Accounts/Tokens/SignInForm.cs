using Decant.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Decant.Server.Accounts.Tokens;

/// <summary>The form of OAuth 2's password grant; what else that has is ignored.</summary>
internal sealed record SignInForm
{
    private const string MediaType = "application/x-www-form-urlencoded";

    /// <summary>The account's e-mail address.</summary>
    public required string Username { get; init; }
    public required string Password { get; init; }

    /// <summary>The framework's own reading of forms would ask for an antiforgery token, which guards cookies; we have none.</summary>
    public static async ValueTask<SignInForm?> BindAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            throw ApiException.Invalid(
                "body",
                $"Send a form: username=…&password=…, with the header Content-Type: {MediaType}."
            );
        }

        try
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            return new SignInForm { Username = Read(form, "username"), Password = Read(form, "password") };
        }
        catch (Exception exception)
            when (exception is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw ApiException.Invalid(
                "body",
                "The form cannot be read: it is cut short, has too many fields, or a NUL in one."
            );
        }
    }

    /// <summary>Says in the document what the framework cannot see for itself. (<c>Accepts</c> would refuse JSON before it is told what to send.)</summary>
    public static async Task DescribeAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    ) =>
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [MediaType] = new()
                {
                    Schema = await context.GetOrCreateSchemaAsync(typeof(SignInForm), null, cancellationToken),
                },
            },
        };

    private static string Read(IFormCollection form, string field) =>
        form[field] is [{ Length: > 0 } value]
            ? value
            : throw ApiException.Invalid(field, $"Send the field {field} once, with a value.");
}
