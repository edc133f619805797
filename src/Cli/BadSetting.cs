using Decant.Engine.Egress;
using Microsoft.Extensions.Options;

namespace Decant.Cli;

/// <summary>Tells a setting that cannot be used from a fault of ours: the first is for whoever typed it.</summary>
internal static class BadSetting
{
    public static bool IsCauseOf(Exception failure) =>
        failure switch
        {
            OptionsValidationException or EgressSettingException => true,
            // .NET's configuration has no exception of its own for `many` where a number belongs.
            InvalidOperationException { InnerException: ArgumentException or FormatException } => true,
            _ => false,
        };
}
