namespace Decant.Lab.Platforms.YouTube;

/// <summary>The script of the site's player, as far as links are concerned, and the same in C# for whoever hands the links out.</summary>
/// <remarks>
/// Extractors run the real one to learn two things: how a link's signature is unscrambled, and what becomes of its <c>n</c>.
/// They find the function by its shape (it sets <c>alr</c> to <c>yes</c> on an address), so this script has that shape.
/// </remarks>
internal static class PlayerScript
{
    /// <summary>Letters in front of a scrambled signature that do not belong to it.</summary>
    private const string Chaff = "bad";

    public const string Path = "/s/player/deca1ab0/player_ias.vflset/en_US/base.js";

    public const string Text = """
        var _yt_player={};(function(g){var window=this;
        'use strict';
        var signatureTimestamp=20000;
        var order={
        back:function(a){a.reverse()},
        drop:function(a,b){a.splice(0,b)},
        swap:function(a,b){var c=a[0];a[0]=a[b%a.length];a[b%a.length]=c}};
        var unscramble=function(a){a=a.split("");order.back(a);order.drop(a,3);order.swap(a,17);return a.join("")};
        var answer=function(a){for(var b="",c=a.length;c--;)b+=String.fromCharCode(97+(a.charCodeAt(c)*7+c)%26);return b};
        var Link=function(a){this.address=a;this.params={}};
        Link.prototype.set=function(a,b){this.params[a]=b};
        Link.prototype.get=function(a){return this.params[a]};
        Link.prototype.clone=function(){return new Link(this.address)};
        Link.prototype.settle=function(){var a=this.get("n");a&&this.set("n",answer(a))};
        g.sign=function(a,b,c){var d=new Link(a);d.set("alr","yes");c&&(c=unscramble(decodeURIComponent(c)),d.set(b,encodeURIComponent(c)));return d};
        })(_yt_player);

        """;

    /// <summary>What the script makes into <paramref name="signature"/> again.</summary>
    public static string Scramble(string signature)
    {
        var letters = signature.ToCharArray();
        (letters[0], letters[17]) = (letters[17], letters[0]);
        var scrambled = $"{Chaff}{new string(letters)}".ToCharArray();
        Array.Reverse(scrambled);
        return new string(scrambled);
    }

    /// <summary>What the script answers to an <c>n</c>.</summary>
    public static string Answer(string challenge) =>
        string.Concat(
            Enumerable
                .Range(0, challenge.Length)
                .Reverse()
                .Select(at => (char)('a' + (((challenge[at] * 7) + at) % 26)))
        );
}
