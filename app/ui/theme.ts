import { createTheme, type CSSVariablesResolver } from '@mantine/core';

/** The scale and the line as a Mantine theme; the values of tokens.css in the kit's own shape. */
export const theme = createTheme({
  primaryColor: 'lathe',
  primaryShade: 7,
  autoContrast: false,
  white: '#FFFFFF',
  black: '#1A231F',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  fontFamily:
    '"PingFang SC", "HarmonyOS Sans SC", MiSans, "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, Menlo, Consolas, "Noto Sans Mono CJK SC", monospace',
  fontSizes: {
    xs: '0.75rem',
    sm: '0.875rem',
    md: '1rem',
    lg: '1.125rem',
    xl: '1.375rem',
  },
  lineHeights: {
    xs: '1.5',
    sm: '1.6',
    md: '1.65',
    lg: '1.5',
    xl: '1.4',
  },
  headings: {
    fontWeight: '600',
    textWrap: 'balance',
    sizes: {
      h1: {
        fontSize: '1.75rem',
        lineHeight: '1.35',
      },
      h2: {
        fontSize: '1.375rem',
        lineHeight: '1.35',
      },
      h3: {
        fontSize: '1.125rem',
        lineHeight: '1.4',
      },
      h4: {
        fontSize: '1rem',
        lineHeight: '1.4',
      },
      h5: {
        fontSize: '0.875rem',
        lineHeight: '1.5',
      },
      h6: {
        fontSize: '0.875rem',
        lineHeight: '1.5',
      },
    },
  },
  radius: {
    xs: '2px',
    sm: '4px',
    md: '6px',
    lg: '10px',
    xl: '16px',
  },
  spacing: {
    xs: '0.5rem',
    sm: '0.75rem',
    md: '1rem',
    lg: '1.5rem',
    xl: '2rem',
  },
  shadows: {
    xs: 'none',
    sm: '0 1px 2px rgba(16,35,28,.12)',
    md: '0 6px 20px -6px rgba(16,35,28,.18), 0 1px 3px rgba(16,35,28,.08)',
    lg: '0 -8px 30px rgba(5,18,14,.28)',
    xl: '0 -8px 30px rgba(5,18,14,.28)',
  },
  colors: {
    lathe: [
      '#EEF5F1',
      '#D8E8E0',
      '#B2D2C4',
      '#86B8A4',
      '#5A9C85',
      '#357F69',
      '#1F6A56',
      '#175646',
      '#104337',
      '#0A3029',
    ],
    gray: [
      '#F8F9F6',
      '#F4F5F1',
      '#ECEFE9',
      '#DFE3DC',
      '#7E8A83',
      '#6B766F',
      '#616C66',
      '#48534D',
      '#2C3832',
      '#1A231F',
    ],
    brass: [
      '#FFF7E3',
      '#F3DFAE',
      '#E8CB82',
      '#DDB75A',
      '#CB9630',
      '#B97C12',
      '#9C6808',
      '#7A5200',
      '#5C3E00',
      '#402B00',
    ],
    red: [
      '#FDF0ED',
      '#F3C9C0',
      '#E6A395',
      '#D77D6B',
      '#C75B47',
      '#B8402D',
      '#A92B1B',
      '#931F11',
      '#761609',
      '#570F05',
    ],
    blue: [
      '#EEF3FB',
      '#CBDAF0',
      '#A3BEE2',
      '#7B9FD2',
      '#5680C0',
      '#3B68AC',
      '#2F5CA3',
      '#28539B',
      '#1E4179',
      '#142D56',
    ],
  },
  components: {
    Button: {
      defaultProps: {
        size: 'sm',
        fw: 600,
      },
    },
    ActionIcon: {
      defaultProps: {
        variant: 'subtle',
        color: 'gray',
        size: 36,
      },
    },
    Paper: {
      defaultProps: {
        withBorder: true,
        radius: 'lg',
      },
    },
    Card: {
      defaultProps: {
        withBorder: true,
        radius: 'lg',
        padding: 'md',
      },
    },
    Table: {
      defaultProps: {
        horizontalSpacing: 12,
        verticalSpacing: 8,
        highlightOnHover: true,
        tabularNums: true,
      },
    },
    Badge: {
      defaultProps: {
        variant: 'light',
        radius: 'sm',
        size: 'md',
        tt: 'none',
        fw: 600,
      },
    },
    Modal: {
      defaultProps: {
        centered: true,
        radius: 'lg',
        overlayProps: {
          color: '#0A1E18',
          backgroundOpacity: 0.55,
        },
      },
    },
    Drawer: {
      defaultProps: {
        overlayProps: {
          color: '#0A1E18',
          backgroundOpacity: 0.55,
        },
      },
    },
    SegmentedControl: {
      defaultProps: {
        size: 'sm',
        radius: 'md',
      },
    },
    Progress: {
      defaultProps: {
        size: 4,
        radius: 'xs',
      },
    },
    Skeleton: {
      defaultProps: {
        radius: 'sm',
      },
    },
    Tooltip: {
      defaultProps: {
        color: '#1A231F',
        openDelay: 400,
      },
    },
    Anchor: {
      defaultProps: {
        underline: 'hover',
      },
    },
    Notification: {
      defaultProps: {
        radius: 'md',
        withBorder: false,
      },
    },
  },
});

// Paper and Card use --mantine-color-body, so it stays white and the page paints itself (tokens.css).
// Scheme colours belong in `light`: Mantine overrides those in `variables`.
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: { '--font-figure': "'DIN Alternate', Bahnschrift, var(--mantine-font-family)" },
  light: { '--mantine-color-default-border': '#B4BDB6' },
  dark: {},
});
