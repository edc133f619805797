using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace Decant.Server.Hosting;

/// <summary>Options bound to a section and checked at start; a wrong one stops the start with the setting's name.</summary>
internal static class Settings
{
    public static void AddSettings<TOptions>(this WebApplicationBuilder builder, string section)
        where TOptions : class
    {
        builder.Services.AddSingleton<IValidateOptions<TOptions>>(new Validation<TOptions>(section));
        builder.Services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
        builder.AddSettingsOf<TOptions>(section);
    }

    /// <summary>Makes options that are bound elsewhere known as settings.</summary>
    public static void AddSettingsOf<TOptions>(this WebApplicationBuilder builder, string section)
        where TOptions : class =>
        builder.Services.AddSingleton(
            new SettingsSection(
                section,
                typeof(TOptions),
                provider => provider.GetRequiredService<IOptions<TOptions>>().Value
            )
        );

    /// <summary>Validates options by their attributes, as <c>ValidateDataAnnotations</c> does, but names the setting: <c>Billing__CreditsPerMinute</c>, not <c>BillingOptions</c>.</summary>
    private sealed class Validation<TOptions>(string section) : IValidateOptions<TOptions>
        where TOptions : class
    {
        // A RangeAttribute parses its limits at the first use, one instance serves the whole process, and two threads
        // that use it first at once throw InvalidCastException (dotnet/runtime: RangeAttribute.SetupConversion).
        private static readonly Lock OneAtATime = new();

        public ValidateOptionsResult Validate(string? name, TOptions options)
        {
            var problems = new List<ValidationResult>();
            lock (OneAtATime)
                return Validator.TryValidateObject(options, new ValidationContext(options), problems, true)
                    ? ValidateOptionsResult.Success
                    : ValidateOptionsResult.Fail(problems.Select(Describe));
        }

        private string Describe(ValidationResult problem) =>
            $"Setting {string.Join(", ", problem.MemberNames.Select(member => $"{section}__{member}"))}: {problem.ErrorMessage}";
    }
}
