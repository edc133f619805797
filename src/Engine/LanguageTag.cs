using System.Text.RegularExpressions;

namespace Decant.Engine;

/// <summary>Names of languages: what sites write (BCP 47) and what media files write (ISO 639-2), compared as one.</summary>
internal static partial class LanguageTag
{
    /// <summary>A file's word for a language nobody named.</summary>
    public const string Undetermined = "und";

    /// <summary>ISO 639-1 to 639-2: the terminological code and, where there is another, the bibliographic one (loc.gov/standards/iso639-2).</summary>
    private const string Codes = """
        aa=aar ab=abk ae=ave af=afr ak=aka am=amh an=arg ar=ara as=asm av=ava ay=aym az=aze ba=bak be=bel
        bg=bul bh=bih bi=bis bm=bam bn=ben bo=bod/tib br=bre bs=bos ca=cat ce=che ch=cha co=cos cr=cre
        cs=ces/cze cu=chu cv=chv cy=cym/wel da=dan de=deu/ger dv=div dz=dzo ee=ewe el=ell/gre en=eng eo=epo
        es=spa et=est eu=eus/baq fa=fas/per ff=ful fi=fin fj=fij fo=fao fr=fra/fre fy=fry ga=gle gd=gla
        gl=glg gn=grn gu=guj gv=glv ha=hau he=heb hi=hin ho=hmo hr=hrv ht=hat hu=hun hy=hye/arm hz=her
        ia=ina id=ind ie=ile ig=ibo ii=iii ik=ipk io=ido is=isl/ice it=ita iu=iku ja=jpn jv=jav ka=kat/geo
        kg=kon ki=kik kj=kua kk=kaz kl=kal km=khm kn=kan ko=kor kr=kau ks=kas ku=kur kv=kom kw=cor ky=kir
        la=lat lb=ltz lg=lug li=lim ln=lin lo=lao lt=lit lu=lub lv=lav mg=mlg mh=mah mi=mri/mao mk=mkd/mac
        ml=mal mn=mon mr=mar ms=msa/may mt=mlt my=mya/bur na=nau nb=nob nd=nde ne=nep ng=ndo nl=nld/dut
        nn=nno no=nor nr=nbl nv=nav ny=nya oc=oci oj=oji om=orm or=ori os=oss pa=pan pe=per pi=pli pl=pol
        ps=pus pt=por qu=que rm=roh rn=run ro=ron/rum ru=rus rw=kin sa=san sc=srd sd=snd se=sme sg=sag
        si=sin sk=slk/slo sl=slv sm=smo sn=sna so=som sq=sqi/alb sr=srp ss=ssw st=sot su=sun sv=swe sw=swa
        ta=tam te=tel tg=tgk th=tha ti=tir tk=tuk tl=tgl tn=tsn to=ton tr=tur ts=tso tt=tat tw=twi ty=tah
        ug=uig uk=ukr ur=urd uz=uzb ve=ven vi=vie vo=vol wa=wln wo=wol xh=xho yi=yid yo=yor za=zha
        zh=zho/chi zu=zul
        """;

    private static readonly Dictionary<string, string[]> ToThree = new(StringComparer.OrdinalIgnoreCase);
    private static readonly Dictionary<string, string> ToTwo = new(StringComparer.OrdinalIgnoreCase);

    static LanguageTag()
    {
        foreach (var row in Codes.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var (two, three) = (row[..2], row[3..].Split('/'));
            ToThree[two] = three;
            foreach (var code in three)
                ToTwo[code] = two;
        }
    }

    /// <returns>The tag with hyphens; null where it is none, or says that nobody knows.</returns>
    public static string? TryRead(string? text)
    {
        var tag = (text ?? "").Trim().Replace('_', '-');
        return Pattern.IsMatch(tag) && !tag.Equals(Undetermined, StringComparison.OrdinalIgnoreCase) ? tag : null;
    }

    /// <summary>The same where somebody asks for a language: also for what nobody named.</summary>
    public static string? TryReadWish(string? text) =>
        string.Equals(text?.Trim(), Undetermined, StringComparison.OrdinalIgnoreCase) ? Undetermined : TryRead(text);

    /// <summary>"pt" asks for any Portuguese, "pt-BR" for Brazil's (RFC 4647, basic filtering); "por" is "pt".</summary>
    public static bool Matches(string? tag, string range) =>
        tag is not null
        && Canonical(tag) is var one
        && Canonical(range) is var other
        && (
            one.Equals(other, StringComparison.OrdinalIgnoreCase)
            || one.StartsWith(other + "-", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>The language in three letters, as media files say it.</summary>
    /// <param name="tag">A tag of either kind.</param>
    /// <param name="bibliographic">True for the older one of a language's two codes (<c>ger</c> rather than <c>deu</c>).</param>
    public static string ThreeLetters(string tag, bool bibliographic = false)
    {
        var primary = tag.Split('-')[0];
        return ToThree.TryGetValue(ToTwo.GetValueOrDefault(primary, primary), out var codes)
                ? codes[bibliographic ? ^1 : 0]
            : primary.Length == 3 ? primary.ToLowerInvariant()
            : Undetermined;
    }

    private static string Canonical(string tag) =>
        tag.Split('-', 2) is [var primary, .. var rest] && ToTwo.TryGetValue(primary, out var two)
            ? string.Join('-', [two, .. rest])
            : tag;

    [GeneratedRegex(
        "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,12}){0,5}$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 100
    )]
    private static partial Regex Pattern { get; }
}
